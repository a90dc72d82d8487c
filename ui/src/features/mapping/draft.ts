import type { Rule, Source, TargetField, Transform } from "../../generated/api";

export function ruleFor(rules: readonly Rule[], target: string): Rule | undefined {
  return rules.find((rule) => rule.target === target);
}

/**
 * Sets where a person field gets its value; none removes its rule. Transforms stay while the source changes, but a loss
 * that was accepted was one of the old source.
 */
export function withSource(rules: readonly Rule[], target: string, source: Source | null): Rule[] {
  if (source === null) return rules.filter((rule) => rule.target !== target);
  const rule = ruleFor(rules, target);
  if (rule === undefined) return [...rules, { target, source, transforms: [] }];
  return rules.map((other) => (other === rule ? { target, source, transforms: rule.transforms } : other));
}

/** Accepts that a part of a value is lost, or takes that back. */
export function withLoss(rules: readonly Rule[], target: string, accepted: boolean): Rule[] {
  return rules.map((rule) => {
    if (rule.target !== target) return rule;
    const { source, transforms } = rule;
    return accepted ? { target, source, transforms, accepts_loss: true } : { target, source, transforms };
  });
}

/** Takes these rules over, in place of those that their fields had. */
export function withRules(rules: readonly Rule[], taken: readonly Rule[]): Rule[] {
  const kept = rules.filter(({ target }) => ruleFor(taken, target) === undefined);
  return [...kept, ...taken];
}

export function withTransforms(rules: readonly Rule[], target: string, transforms: Transform[]): Rule[] {
  return rules.map((rule) => (rule.target === target ? { ...rule, transforms } : rule));
}

/** The list with the item at `from` moved to `to`; unchanged if there is no such place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return [...items];
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** The rules in the order of the person fields, as they are saved; rules of unknown fields come last. */
export function inFieldOrder(rules: readonly Rule[], fields: readonly TargetField[]): Rule[] {
  const place = new Map(fields.map(({ id }, index) => [id, index]));
  const placeOf = ({ target }: Rule) => place.get(target) ?? fields.length;
  return [...rules].sort((a, b) => placeOf(a) - placeOf(b));
}

/** The fields with a rule that do not exist here. */
export function unknownTargets(rules: readonly Rule[], fields: readonly TargetField[]): string[] {
  const known = new Set(fields.map(({ id }) => id));
  return rules.map(({ target }) => target).filter((target) => !known.has(target));
}

/** Whether two mappings do the same; the order of their rules does not matter. */
export function sameRules(a: readonly Rule[], b: readonly Rule[]): boolean {
  const text = (rules: readonly Rule[]) =>
    JSON.stringify([...rules].sort((x, y) => x.target.localeCompare(y.target)).map(canonical));
  return text(a) === text(b);
}

/** Keys sorted, since the engine and the screen may write them in another order. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}
