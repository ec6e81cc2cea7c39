/**
 * The colours of the page and of its charts, as variables of a style sheet.
 *
 * The series' colours are dark (or light) variants of the Okabe-Ito palette, which are distinct for readers with any of the
 * common colour vision deficiencies, with a contrast of at least 3:1 to the page; dashes and markers say the same again.
 *
 * @module
 */

/** On white. */
export const LIGHT = `
  --paper: #ffffff; --panel: #f6f7f9; --ink: #1b1f24; --faint: #59636e; --muted: #6a737d; --rule: #d8dee4;
  --link: #0058a3; --good: #00694c; --good-paper: #dff5ec; --bad: #9c2f00; --bad-paper: #fdeadf;
  --series-0: #0068a8; --series-1: #c24f00; --series-2: #00805c; --series-3: #9b4a8c; --series-4: #7d6a00;
  --series-5: #3b8fc4; --series-6: #4a4f57;
  --heat-0: #eef1f4; --heat-1: #d3e4f1; --heat-2: #a9cce6; --heat-3: #78aed6; --heat-4: #3f87bb; --heat-5: #1c649b; --heat-6: #0b3f6b;
  --on-cold: #1b1f24; --on-hot: #ffffff;
`;

/** On near black. */
export const DARK = `
  --paper: #14171a; --panel: #1d2125; --ink: #e8eaed; --faint: #a3acb5; --muted: #98a2ac; --rule: #363c43;
  --link: #7cc0f5; --good: #6fdcb4; --good-paper: #143529; --bad: #ffab7d; --bad-paper: #43220f;
  --series-0: #5db4f0; --series-1: #ff9a56; --series-2: #45d0a2; --series-3: #e39ad2; --series-4: #e3cf53;
  --series-5: #b5dcf7; --series-6: #c3c8ce;
  --heat-0: #22272c; --heat-1: #15344c; --heat-2: #164c72; --heat-3: #1f6797; --heat-4: #5ba4d6; --heat-5: #94c9ee; --heat-6: #d3ebfc;
  --on-cold: #e8eaed; --on-hot: #101418;
`;
