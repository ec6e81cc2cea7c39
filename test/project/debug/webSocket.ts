/**
 * As much of a WebSocket (RFC 6455) as a conversation with Node's inspector takes: text, and no more than 64 kB to it.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Socket } from 'node:net';

/** The client's end. */
export interface TextSocket {
  send(text: string): void;
  close(): void;
}

/** Opens ws://…; each message is handed on as it comes. */
export function openSocket(url: string, onText: (text: string) => void): Promise<TextSocket> {
  return new Promise((resolve, reject) => {
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' };
    const key = { 'Sec-WebSocket-Key': randomBytes(16).toString('base64') };
    const opening = request(url.replace(/^ws:/, 'http:'), { headers: { ...headers, ...key } });
    opening.on('error', reject);
    opening.on('upgrade', (_response, socket: Socket, head: Buffer) => {
      const read = createReader(onText);
      socket.setNoDelay(true);
      socket.on('data', read);
      socket.on('error', () => undefined); // the program has ended
      read(head);
      resolve({ send: (text) => socket.write(frameOf(text)), close: () => socket.destroy() });
    });
    opening.end();
  });
}

const TEXT = 0x1;
const LAST = 0x80;
const MASKED = 0x80;

/** A client has to mask what it sends; a mask of zeros leaves it as it is. */
function frameOf(text: string): Buffer {
  const payload = Buffer.from(text);
  const mask = Buffer.alloc(4);
  const short = Buffer.from([LAST | TEXT, MASKED | payload.length]);
  const long = Buffer.from([LAST | TEXT, MASKED | 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([payload.length < 126 ? short : long, mask, payload]);
}

/** Puts together what comes in pieces: frames of chunks, messages of frames. */
function createReader(onText: (text: string) => void): (chunk: Buffer) => void {
  let unread = Buffer.alloc(0);
  let message: Buffer[] = [];
  return (chunk) => {
    unread = Buffer.concat([unread, chunk]);
    for (let frame = readFrame(unread); frame !== undefined; frame = readFrame(unread)) {
      unread = unread.subarray(frame.end);
      if (frame.kind > TEXT) continue; // the end, told again by the socket
      message.push(frame.payload);
      if (!frame.isLast) continue;
      const text = Buffer.concat(message).toString();
      message = [];
      onText(text);
    }
  };
}

interface Frame {
  readonly kind: number;
  readonly isLast: boolean;
  readonly payload: Buffer;
  /** Where the next one begins. */
  readonly end: number;
}

function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const size = bytes[1] & 0x7f;
  const start = size === 127 ? 10 : size === 126 ? 4 : 2;
  if (bytes.length < start) return undefined;
  const length = size === 127 ? Number(bytes.readBigUInt64BE(2)) : size === 126 ? bytes.readUInt16BE(2) : size;
  const end = start + length;
  if (bytes.length < end) return undefined;
  return { kind: bytes[0] & 0xf, isLast: (bytes[0] & LAST) !== 0, payload: bytes.subarray(start, end), end };
}
