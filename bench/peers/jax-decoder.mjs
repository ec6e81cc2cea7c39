// The decoder of src/nn in jax-js: one function for loss, gradient and Adam, compiled as a whole. A use of an array takes
// it, so that each but the last says `.ref`. The embedding is a product with one-hot rows, since a gather has no
// gradient in a compiled function.
import { causalMask, oneHot, readModel, rotaryTables } from './safetensors.mjs';

export async function prepareStep(jax, { file }) {
  const { numpy: np } = jax;
  const { config, tensors } = readModel(file);
  const { modelSize, heads, layers, normEpsilon, ropeBase, vocabularySize } = config;
  const [rows, length] = tensors.get('batch/tokens').shape;
  const places = rows * length;
  const headSize = modelSize / heads;
  const { half, cosine, sine } = rotaryTables(length, headSize, ropeBase);
  const hot = (name) => np.array(oneHot(tensors.get(name).data, vocabularySize), { shape: [places, vocabularySize] });
  const batch = {
    tokens: hot('batch/tokens'),
    targets: hot('batch/targets'),
    cos: np.array(cosine, { shape: [length, 1, half] }),
    sin: np.array(sine, { shape: [length, 1, half] }),
    mask: np.array(causalMask(length), { shape: [length, length] }),
  };
  const weights = {};
  for (const [name, { shape, data }] of tensors) {
    if (!name.startsWith('batch/')) weights[name] = np.array(data, { shape });
  }

  const linear = (x, weight) => np.matmul(x, np.matrixTranspose(weight));
  const norm = (x, weight) => {
    const inverse = np.reciprocal(np.sqrt(np.mean(np.square(x.ref), -1, { keepdims: true }).add(normEpsilon)));
    return x.mul(inverse).mul(weight);
  };
  const rotate = (x, { cos, sin }) => {
    const first = x.ref.slice([], [], [], [0, half]);
    const second = x.slice([], [], [], [half, headSize]);
    const one = first.ref.mul(cos.ref).sub(second.ref.mul(sin.ref));
    const two = second.mul(cos.ref).add(first.mul(sin.ref));
    return np.concatenate([one, two], 3);
  };
  const split = (x) => x.reshape([rows, length, heads, headSize]);
  const byHead = (x) => np.transpose(x, [0, 2, 1, 3]);
  const attention = (w, path, x, batch) => {
    const query = byHead(rotate(split(linear(x.ref, w[`${path}/query`].ref)), batch));
    const key = byHead(rotate(split(linear(x.ref, w[`${path}/key`].ref)), batch));
    const value = byHead(split(linear(x, w[`${path}/value`].ref)));
    const scores = np.matmul(query.mul(1 / Math.sqrt(headSize)), np.matrixTranspose(key)).add(batch.mask.ref);
    const mixed = np.matmul(jax.nn.softmax(scores, -1), value);
    return linear(np.transpose(mixed, [0, 2, 1, 3]).reshape([places, modelSize]), w[`${path}/output`].ref);
  };
  const gelu = (x) => {
    const inner = np
      .square(x.ref)
      .mul(0.044715)
      .add(1)
      .mul(x.ref)
      .mul(Math.sqrt(2 / Math.PI));
    return x.mul(np.tanh(inner).add(1)).mul(0.5);
  };
  const feedForward = (w, path, x) => {
    const gate = gelu(linear(x.ref, w[`${path}/gate`].ref));
    return linear(gate.mul(linear(x, w[`${path}/up`].ref)), w[`${path}/output`].ref);
  };
  const loss = (w, batch) => {
    const embedding = w['embedding/token'];
    let x = np.matmul(batch.tokens, embedding.ref).mul(Math.sqrt(modelSize));
    for (let i = 0; i < layers; i++) {
      const path = `layers/${i}`;
      x = x.ref.add(attention(w, `${path}/attention`, norm(x, w[`${path}/attention_norm/scale`].ref), batch));
      x = x.ref.add(feedForward(w, `${path}/feed_forward`, norm(x, w[`${path}/feed_forward_norm/scale`].ref)));
    }
    const logits = linear(norm(x, w['final_norm/scale'].ref), embedding.ref);
    const picked = np.sum(logits.ref.mul(batch.targets), -1);
    return np.mean(jax.nn.logsumexp(logits, -1).sub(picked));
  };

  const { map, ref, dispose } = jax.tree;
  const step = jax.jit((state, batch) => {
    const [value, grads] = jax.valueAndGrad(loss)(ref(state.weights), batch);
    const means = map((m, g) => m.mul(0.9).add(g.mul(0.1)), state.means, ref(grads));
    const squares = map((s, g) => s.mul(0.999).add(np.square(g).mul(0.001)), state.squares, grads);
    const moved = map(
      (p, m, s) => p.sub(m.div(np.sqrt(s).add(1e-8)).mul(1e-4)),
      state.weights,
      ref(means),
      ref(squares),
    );
    return [value, { weights: moved, means, squares }];
  });
  const zeros = () => map((w) => np.zeros(w.shape), weights);
  let state = { weights, means: zeros(), squares: zeros() };
  const advance = async () => {
    const [value, next] = await jax.blockUntilReady(step(state, ref(batch)));
    state = next;
    return value;
  };
  const first = (await advance()).js();
  const run = async () => (await advance()).dispose();
  const drop = () => [state, batch].forEach((tree) => dispose(tree));
  return { run, drop, answer: { loss: first } };
}
