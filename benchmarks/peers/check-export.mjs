// Runs an ONNX model in ONNX Runtime on its CPU.
// Usage: node check-export.mjs MODEL.onnx INPUTS.safetensors OUTPUTS.safetensors
// Inputs are float32 or uint8 tensors by the names of the model's inputs; all outputs are written as float32.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { readTensors, writeTensors } from './safetensors.mjs';

const types = {
  F32: { name: 'float32', array: (data) => new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4) },
  U8: { name: 'uint8', array: (data) => data },
};

const [model, inputs, outputs] = process.argv.slice(2);
if (!outputs) {
  console.error('usage: node check-export.mjs MODEL.onnx INPUTS.safetensors OUTPUTS.safetensors');
  process.exit(2);
}

const session = await InferenceSession.create(model, { executionProviders: ['cpu'] });
const feeds = Object.fromEntries(Object.entries(readTensors(inputs)).map(([name, { dtype, shape, data }]) => {
  const type = types[dtype];
  if (!type) throw new Error(`${name} is ${dtype}; expected F32 or U8`);
  return [name, new Tensor(type.name, type.array(data), shape)];
}));

const results = await session.run(feeds);
writeTensors(outputs, Object.fromEntries(session.outputNames.map((name) => {
  const { type, dims, data } = results[name];
  if (type !== 'float32') throw new Error(`output ${name} is ${type}; expected float32`);
  return [name, { dtype: 'F32', shape: dims, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) }];
})));
