"""The page that shows and explains how a browser reaches this server, `/connection/`."""
