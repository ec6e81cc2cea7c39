/** The SIMD kernels; src/kernel/simd.ts calls them with byte offsets into the memory that both share. */
export { matmul } from './matmul';
export { peak } from './peak';
export { tile1, tile2, tile3, tile4, tile5 } from './tile';
