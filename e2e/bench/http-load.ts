// HTTP/1.1 over plain sockets. Node's own client costs as much as the servers that it is to load, and on few cores that
// would push every ratio towards 1.
import { once } from "node:events";
import { connect, type Socket } from "node:net";

interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
}

interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

export type Send = (request: HttpRequest) => Promise<HttpAnswer>;

/** One kept connection with one request at a time, as a pool of a program has many. */
export async function httpConnection(
  url: string,
  authorization: string,
): Promise<{ send: Send; close(): void }> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname).setNoDelay();
  await once(socket, "connect");
  const head = `host: ${host}\r\nauthorization: ${authorization}\r\n`;
  const answers = answersOf(socket);
  return {
    async send({ method, path, body = "" }) {
      const length = body
        ? `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
        : "";
      socket.write(`${method} ${path} HTTP/1.1\r\n${head}${length}\r\n${body}`);
      return answers();
    },
    close: () => socket.destroy(),
  };
}

/** The next whole answer. All that these servers answer says its length. */
function answersOf(socket: Socket): () => Promise<HttpAnswer> {
  let received: Buffer = Buffer.alloc(0);
  let waiting = Promise.withResolvers<HttpAnswer>();
  socket.on("data", (data) => {
    received = received.length === 0 ? data : Buffer.concat([received, data]);
    const answer = whole(received);
    if (!answer) return;
    received = Buffer.alloc(0);
    waiting.resolve(answer);
  });
  socket.on("error", (error) => waiting.reject(error));
  socket.on("close", () => waiting.reject(new Error("the server has closed the connection")));
  return () => {
    waiting = Promise.withResolvers();
    return waiting.promise;
  };
}

function whole(bytes: Buffer): HttpAnswer | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = bytes.toString("latin1", 0, end);
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1]);
  if (Number.isNaN(length)) throw new Error(`an answer without its length: ${head}`);
  const start = end + 4;
  if (bytes.length < start + length) return undefined;
  return { status: Number(head.slice(9, 12)), body: bytes.toString("utf8", start, start + length) };
}
