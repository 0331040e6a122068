"""Links over HTTP: streamed events, held polls and plain polls, with POSTs the other way.

A link lives in the process that opened it, whichever connections its requests come by. `held` keeps
its frames until they have arrived, `links` knows all of a process and finds those of others,
`distant` asks their processes, `requests` reads and answers HTTP.
"""
