import { describe, expect, it } from 'vitest';
import { splitLines } from '../../../src/data/lines.ts';

const linesOf = (text: string): string[] => splitLines(new TextEncoder().encode(text), 't.txt');

describe('lines', () => {
  it('end with LF or CR LF alone', () => {
    expect(linesOf('a\nb\r\nc')).toEqual(['a', 'b', 'c']);
    const others = '\r \v \f \x1c \x1e \u0085 \u2028 \u2029';
    expect(linesOf(`a${others}b\nc\r\r\n`)).toEqual([`a${others}b`, 'c\r']);
  });

  it('lose the mark at the beginning of the file, and no other U+FEFF', () => {
    expect(linesOf('\uFEFFa\n\uFEFFb\nc\uFEFF\n')).toEqual(['a', '\uFEFFb', 'c\uFEFF']);
    expect(linesOf('\uFEFF\uFEFFa')).toEqual(['\uFEFFa']);
  });

  it('are none of an empty file; an empty last line is the end of the one before it', () => {
    expect(linesOf('')).toEqual([]);
    expect(linesOf('a\n')).toEqual(['a']);
    expect(linesOf('a\n\n')).toEqual(['a', '']);
  });
});
