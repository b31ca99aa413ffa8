import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface SunkMail {
  readonly from: string;
  /** The envelope's recipients. */
  readonly to: readonly string[];
  /** Headers and body, dot-unstuffed. */
  readonly source: string;
}

export interface SmtpSink {
  readonly port: number;
  readonly mails: SunkMail[];
  /** Everything the clients said, line by line. */
  readonly lines: string[];
  /** What to answer instead of 250, to a line that begins with the key; `undefined` to take everything. */
  refusals: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** A mail server that keeps what it is given. */
export async function openSmtpSink(): Promise<SmtpSink> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.write('220 sink\r\n');
    converse(socket, sink);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sink: SmtpSink = {
    port: (server.address() as AddressInfo).port,
    mails: [],
    lines: [],
    refusals: {},
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return sink;
}

function converse(socket: Socket, sink: SmtpSink): void {
  let pending = '';
  let from = '';
  let to: string[] = [];
  let data: string[] | undefined;

  function answer(line: string): string {
    const refused = Object.keys(sink.refusals).find((start) => line.toUpperCase().startsWith(start));
    if (refused !== undefined) return sink.refusals[refused]!;
    if (/^EHLO/i.test(line)) return '250-sink\r\n250 AUTH PLAIN';
    if (/^AUTH/i.test(line)) return '235 welcome';
    if (/^QUIT/i.test(line)) return '221 bye';
    if (/^MAIL FROM/i.test(line)) [from, to] = [line.replace(/^MAIL FROM:/i, ''), []];
    if (/^RCPT TO/i.test(line)) to.push(line.replace(/^RCPT TO:<(.*)>.*$/i, '$1'));
    if (!/^DATA/i.test(line)) return '250 ok';
    data = [];
    return '354 go on';
  }

  socket.on('data', (chunk) => {
    const lines = (pending + chunk.toString('latin1')).split('\r\n');
    pending = lines.pop()!;
    for (const line of lines) {
      sink.lines.push(line);
      if (data === undefined) {
        socket.write(`${answer(line)}\r\n`);
      } else if (line !== '.') {
        data.push(line.replace(/^\./, ''));
      } else {
        sink.mails.push({ from, to, source: data.join('\r\n') });
        data = undefined;
        socket.write('250 taken\r\n');
      }
    }
  });
}
