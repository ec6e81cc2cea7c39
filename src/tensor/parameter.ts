/**
 * A parameter tensor's place in the flat vectors θ, gradient and update.
 *
 * @module
 */

/** Where a parameter tensor lies. */
export interface ParameterShape {
  /** Its path, e.g. `decoder/layers/2/attention/query`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Offset of its first element in θ. */
  readonly offset: number;
}

/** The same, and where it stands in the model: what silos are made from. */
export interface Parameter extends ParameterShape {
  /** The path without its layer index, e.g. `decoder/layers/attention/query`. */
  readonly module: string;
  /** The layer index, or null for what stands outside the layers (embedding, final norm). */
  readonly layer: number | null;
  /** The axis along which the tensor holds all layers of its module, if layers are stacked (scanned). */
  readonly stackedAxis?: number;
}
