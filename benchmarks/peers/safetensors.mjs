// Reads and writes safetensors files: eight bytes of header length, a JSON header, little-endian elements.
import { readFileSync, writeFileSync } from 'node:fs';

const HEADER_LENGTH_BYTES = 8;

/** The tensors of a file: { name: { dtype, shape, data } }, data being a Uint8Array. */
export function readTensors(path) {
  const file = readFileSync(path);
  const start = HEADER_LENGTH_BYTES + Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString('utf8', HEADER_LENGTH_BYTES, start));
  delete header.__metadata__;
  return Object.fromEntries(Object.entries(header).map(([name, { dtype, shape, data_offsets: [from, to] }]) =>
    [name, { dtype, shape, data: new Uint8Array(file.subarray(start + from, start + to)) }]));
}

/** Writes tensors of the form that readTensors gives. */
export function writeTensors(path, tensors) {
  let offset = 0;
  const header = Object.fromEntries(Object.entries(tensors).map(([name, { dtype, shape, data }]) =>
    [name, { dtype, shape, data_offsets: [offset, offset += data.byteLength] }]));
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(HEADER_LENGTH_BYTES);
  length.writeBigUInt64LE(BigInt(json.length));
  writeFileSync(path, Buffer.concat([length, json, ...Object.values(tensors).map(({ data }) => data)]));
}
