/**
 * How a source is changed in one place: a row for each kind of change. A rule looks at one node of the tree and says what
 * else could stand there.
 *
 * @module
 */
import ts from 'typescript';

/** A rule of mutation. */
export interface Rule {
  /** What it changes. */
  readonly name: string;
  /** What it puts there, in words. */
  readonly says: string;
  /** The texts that may stand where the node does; none if the rule is not for it. */
  readonly instead: (node: ts.Node) => readonly string[];
}

/** Operators that are put for another. */
type Swaps = Readonly<Record<string, readonly string[]>>;

const COMPARISONS: Swaps = {
  '<': ['<=', '>=', '>'],
  '<=': ['<', '>', '>='],
  '>': ['>=', '<=', '<'],
  '>=': ['>', '<', '<='],
  '===': ['!=='],
  '!==': ['==='],
};
const ARITHMETIC: Swaps = {
  '+': ['-', '*'],
  '-': ['+'],
  '*': ['/', '+'],
  '/': ['*', '-'],
  '%': ['*', '/'],
  '**': ['*'],
  '<<': ['>>'],
  '>>': ['<<'],
};
const ASSIGNMENTS: Swaps = { '+=': ['-=', '='], '-=': ['+=', '='], '*=': ['/=', '='], '/=': ['*=', '='] };
const LOGIC: Swaps = { '&&': ['||'], '||': ['&&'], '??': ['&&'] };
/** Functions that are put for another. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  every: 'some',
  some: 'every',
};

function binary(node: ts.Node): { left: string; operator: string; right: string } | undefined {
  if (!ts.isBinaryExpression(node)) return undefined;
  return { left: node.left.getText(), operator: node.operatorToken.getText(), right: node.right.getText() };
}

function swapped(swaps: Swaps): Rule['instead'] {
  return (node) => {
    const parts = binary(node);
    if (parts === undefined) return [];
    return (swaps[parts.operator] ?? []).map((operator) => `${parts.left} ${operator} ${parts.right}`);
  };
}

function operands(node: ts.Node): readonly string[] {
  const parts = binary(node);
  if (parts === undefined || !(parts.operator in ARITHMETIC || parts.operator in LOGIC)) return [];
  return [parts.left, parts.right].map((text) => `(${text})`);
}

function unary(node: ts.Node): readonly string[] {
  if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
    const operand = node.operand.getText();
    switch (node.operator) {
      case ts.SyntaxKind.PlusPlusToken:
        return [node.getText().replace('++', '--')];
      case ts.SyntaxKind.MinusMinusToken:
        return [node.getText().replace('--', '++')];
      default:
        return [`(${operand})`];
    }
  }
  return [];
}

function numbers(node: ts.Node): readonly string[] {
  if (ts.isBigIntLiteral(node)) {
    const value = BigInt(node.getText().slice(0, -1));
    return distinct([0n, 1n, value - 1n, value + 1n, value * 2n], value).map((other) => `${other}n`);
  }
  if (ts.isNumericLiteral(node)) {
    const value = Number(node.getText());
    return distinct([0, 1, value - 1, value + 1, value * 2, -value], value).map((other) => `(${other})`);
  }
  return ts.isIdentifier(node) && node.text === 'Infinity' ? ['0', '1'] : [];
}

/** Each once, and none that is already there; a zero is a zero. */
function distinct<Value extends number | bigint>(values: readonly Value[], without: Value): readonly Value[] {
  return [...new Set(values)].filter((value) => value !== without);
}

function constants(node: ts.Node): readonly string[] {
  switch (node.kind) {
    case ts.SyntaxKind.TrueKeyword:
      return ['false'];
    case ts.SyntaxKind.FalseKeyword:
      return ['true'];
    case ts.SyntaxKind.NullKeyword:
      return ['1'];
    default:
      return [];
  }
}

function conditions(node: ts.Node): readonly string[] {
  const { parent } = node;
  const isCondition =
    (ts.isIfStatement(parent) && parent.expression === node) ||
    (ts.isConditionalExpression(parent) && parent.condition === node) ||
    (ts.isForStatement(parent) && parent.condition === node);
  return isCondition ? ['true', 'false'] : [];
}

/** What a call is made on, and what it is given. */
function calls(node: ts.Node): readonly string[] {
  if (!ts.isCallExpression(node)) return [];
  const { expression, arguments: given } = node;
  const object = ts.isPropertyAccessExpression(expression) ? expression.expression.getText() : undefined;
  const isNamespace = object === 'Math' || object === 'Object' || object === 'Array' || object === 'pieces';
  return [
    ...(object === undefined || isNamespace ? [] : [object]),
    ...given.filter((argument) => !ts.isSpreadElement(argument)).map((argument) => `(${argument.getText()})`),
  ];
}

function functions(node: ts.Node): readonly string[] {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const { expression, name } = node.expression;
  const other = FUNCTIONS[name.text];
  const given = node.arguments.map((argument) => argument.getText()).join(', ');
  return other === undefined ? [] : [`${expression.getText()}.${other}(${given})`];
}

/** Neighbouring arguments change places. */
function exchanged(node: ts.Node): readonly string[] {
  if (!ts.isCallExpression(node)) return [];
  const given = node.arguments.map((argument) => argument.getText());
  return given.slice(1).flatMap((next, i) => {
    if (next === given[i]) return [];
    const others = given.with(i, next).with(i + 1, given[i]);
    return [`${node.expression.getText()}(${others.join(', ')})`];
  });
}

function statements(node: ts.Node): readonly string[] {
  const isDropped =
    ts.isExpressionStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isContinueStatement(node) ||
    ts.isCaseClause(node) ||
    (ts.isReturnStatement(node) && node.expression === undefined);
  return isDropped ? [ts.isCaseClause(node) ? '' : ';'] : [];
}

function members(node: ts.Node): readonly string[] {
  const isMember =
    ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) || ts.isSpreadAssignment(node);
  return isMember && ts.isObjectLiteralExpression(node.parent) ? ['...{}'] : [];
}

/** Every rule; the first that gives a text for a place has it. */
export const RULES: readonly Rule[] = [
  { name: 'comparison', says: 'another comparison', instead: swapped(COMPARISONS) },
  { name: 'arithmetic', says: 'another operation', instead: swapped(ARITHMETIC) },
  { name: 'assignment', says: 'another assignment', instead: swapped(ASSIGNMENTS) },
  { name: 'logic', says: 'and for or, or for and', instead: swapped(LOGIC) },
  { name: 'operand', says: 'one of the two operands alone', instead: operands },
  { name: 'sign', says: 'no minus, no not, down for up', instead: unary },
  { name: 'number', says: '0, 1, one less, one more, twice, negative', instead: numbers },
  { name: 'constant', says: 'false for true, true for false, 1 for null', instead: constants },
  { name: 'condition', says: 'true, false', instead: conditions },
  { name: 'call', says: 'what it is called on, or one of its arguments', instead: calls },
  { name: 'function', says: 'least for largest, floor for ceiling, some for every', instead: functions },
  { name: 'arguments', says: 'neighbouring arguments exchanged', instead: exchanged },
  { name: 'statement', says: 'nothing', instead: statements },
  { name: 'member', says: 'an object without it', instead: members },
];
