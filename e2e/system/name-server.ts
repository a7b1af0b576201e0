// The smallest name server: every name has the addresses that it was last told, as behind a headless Service.
import { createSocket } from "node:dgram";
import { once } from "node:events";

const HEADER = 12;
const ANSWER = Buffer.from("c00c00010001000000000004", "hex"); // the name that was asked for, A, IN, TTL 0, 4 bytes
const A = 1;

export async function startNameServer() {
  let addresses: readonly string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (question, { port, address }) =>
    socket.send(answerTo(question, addresses), port, address),
  );
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    tell: (those: readonly string[]) => void (addresses = those),
    stop: () => socket.close(),
  };
}

function answerTo(question: Buffer, addresses: readonly string[]): Buffer {
  const end = question.indexOf(0, HEADER) + 5; // behind the name its type and class
  const known = question.readUInt16BE(end - 4) === A ? addresses : [];
  const header = Buffer.alloc(HEADER);
  question.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180, 2); // an answer, without an error
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(known.length, 6);
  const answers = known.flatMap((each) => [ANSWER, Buffer.from(each.split(".").map(Number))]);
  return Buffer.concat([header, question.subarray(HEADER, end), ...answers]);
}
