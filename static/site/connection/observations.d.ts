// What one run has observed. What has not been observed is null: it is neither shown nor judged.

export type Pairs = [string, string][];

/** What the server saw of a request of ours. */
export interface Seen {
  headers: Pairs;
  head: number;
  http: string;
  scheme: string;
  host: string;
  /** Whether a socket from a page of this origin would be let in. */
  accepts: boolean;
  public: string[];
  proxies: number;
  address: string;
  /** The headers of our handshake, where it arrived as an ordinary request. */
  plain: Pairs | null;
}

/** What the server reports of a handshake. */
export interface Report {
  headers: Pairs;
  head: number;
  offered: string[];
  chosen: string;
  address: string;
  abort: boolean;
}

/** A piece of a stream, in ms since its first was sent. */
export interface Piece {
  sent: number;
  taken: number | null;
  arrived: number | null;
}

export interface Observations {
  origin: string;
  /** Whether the operator has the echo switched on. */
  echo: boolean;
  http: {
    status: number;
    ms: number;
    protocol: string;
    server: string;
    seen: Seen | null;
    /** Bytes of the request's head without its path, as the server has received it. */
    head: number;
  } | null;
  /** The socket's address, asked by an ordinary request. */
  plain: { status: number; ours: boolean } | null;
  socket: {
    opened: boolean;
    ms: number;
    code: number | null;
    report: Report | null;
    seen: Seen | null;
  } | null;
  echoed: { text: boolean; binary: boolean } | null;
  pings: number[];
  closed: { code: number; reason: string; clean: boolean } | null;
  aborted: { code: number; clean: boolean } | null;
  idle: { wanted: number; held: number; code: number | null } | null;
  stream: { status: number; pieces: Piece[] } | null;
  poll: { status: number; late: number | null } | null;
  held: { wanted: number; held: number; status: number } | null;
  body: { status: number; bytes: number } | null;
}
