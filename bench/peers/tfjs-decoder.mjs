// The decoder of src/nn in TensorFlow.js, tuned by hand. Its WebAssembly backend has a fast kernel only for products of
// two matrices neither of which is transposed, and no gradient for a gather: so each linear map transposes first, in
// both directions, and the embedding is a product with one-hot rows.
import { causalMask, oneHot, readModel, rotaryTables } from './safetensors.mjs';

export function prepareStep(tf, { file }) {
  const { config, tensors } = readModel(file);
  const { modelSize, heads, layers, normEpsilon, ropeBase, vocabularySize } = config;
  const [rows, length] = tensors.get('batch/tokens').shape;
  const places = rows * length;
  const headSize = modelSize / heads;
  const { half, cosine, sine } = rotaryTables(length, headSize, ropeBase);
  const cos = tf.tensor(cosine, [length, 1, half]);
  const sin = tf.tensor(sine, [length, 1, half]);
  const mask = tf.tensor(causalMask(length), [length, length]);
  const tokens = tf.tensor(oneHot(tensors.get('batch/tokens').data, vocabularySize), [places, vocabularySize]);
  const targets = tf.tensor(oneHot(tensors.get('batch/targets').data, vocabularySize), [places, vocabularySize]);
  const w = {};
  for (const [name, { shape, data }] of tensors) {
    if (!name.startsWith('batch/')) w[name] = tf.variable(tf.tensor(data, shape), true, name);
  }

  /** x Wᵀ, with all three products un-transposed. */
  const linear = tf.customGrad((x, weight, save) => {
    save([x, weight]);
    const gradFunc = (dy, [x, weight]) => [tf.matMul(dy, weight), tf.matMul(tf.transpose(dy), x)];
    return { value: tf.matMul(x, tf.transpose(weight)), gradFunc };
  });
  /** 1_tokens E. Of its gradients the first is asked for by nobody. */
  const embed = tf.customGrad((rows, table, save) => {
    save([rows]);
    const gradFunc = (dy, [rows]) => [tf.zerosLike(rows), tf.matMul(tf.transpose(rows), dy)];
    return { value: tf.matMul(rows, table), gradFunc };
  });
  const norm = (x, name) => x.mul(tf.rsqrt(tf.mean(tf.square(x), -1, true).add(normEpsilon))).mul(w[name]);
  const rotate = (x) => {
    const [first, second] = tf.split(x, 2, -1);
    return tf.concat([first.mul(cos).sub(second.mul(sin)), second.mul(cos).add(first.mul(sin))], -1);
  };
  const split = (x) => x.reshape([rows, length, heads, headSize]);
  const byHead = (x) => tf.transpose(x, [0, 2, 1, 3]).reshape([rows * heads, length, headSize]);
  const attention = (path, x) => {
    const query = byHead(rotate(split(linear(x, w[`${path}/query`]))));
    const key = byHead(rotate(split(linear(x, w[`${path}/key`]))));
    const value = byHead(split(linear(x, w[`${path}/value`])));
    const scores = tf.matMul(query.mul(1 / Math.sqrt(headSize)), key, false, true).add(mask);
    const mixed = tf.matMul(tf.softmax(scores), value).reshape([rows, heads, length, headSize]);
    return linear(tf.transpose(mixed, [0, 2, 1, 3]).reshape([places, modelSize]), w[`${path}/output`]);
  };
  const gelu = (x) => {
    const inner = x
      .mul(x)
      .mul(0.044715)
      .add(1)
      .mul(x)
      .mul(Math.sqrt(2 / Math.PI));
    return x.mul(tf.tanh(inner).add(1)).mul(0.5);
  };
  const feedForward = (path, x) =>
    linear(gelu(linear(x, w[`${path}/gate`])).mul(linear(x, w[`${path}/up`])), w[`${path}/output`]);
  const loss = () => {
    const embedding = w['embedding/token'];
    let x = embed(tokens, embedding).mul(Math.sqrt(modelSize));
    for (let i = 0; i < layers; i++) {
      const path = `layers/${i}`;
      x = x.add(attention(`${path}/attention`, norm(x, `${path}/attention_norm/scale`)));
      x = x.add(feedForward(`${path}/feed_forward`, norm(x, `${path}/feed_forward_norm/scale`)));
    }
    const logits = linear(norm(x, 'final_norm/scale'), embedding);
    return tf.mean(tf.logSumExp(logits, -1).sub(tf.sum(logits.mul(targets), -1)));
  };

  const variables = Object.values(w);
  const first = tf.tidy(() => loss().dataSync()[0]);
  const adam = createAdam(tf, variables);
  const run = () => tf.tidy(() => adam.update(tf.variableGrads(loss, variables).grads));
  const drop = () => {
    tf.dispose([cos, sin, mask, tokens, targets, ...variables]);
    adam.drop();
  };
  return { run, drop, answer: { loss: first } };
}

/** Adam without debiasing. tfjs-core has no optimizer class that is registered without the rest of the library. */
function createAdam(tf, variables) {
  const zeros = () => variables.map((v) => tf.variable(tf.zerosLike(v), false));
  const [means, squares] = [zeros(), zeros()];
  return {
    update(grads) {
      variables.forEach((v, i) => {
        const g = grads[v.name];
        means[i].assign(means[i].mul(0.9).add(g.mul(0.1)));
        squares[i].assign(squares[i].mul(0.999).add(tf.square(g).mul(0.001)));
        v.assign(v.sub(means[i].div(tf.sqrt(squares[i]).add(1e-8)).mul(1e-4)));
      });
    },
    drop: () => tf.dispose([...means, ...squares]),
  };
}
