import classes from "./JsonTree.module.css";

/** A body as a tree that opens and closes; as text where it is no JSON. */
export function JsonTree({ text }: { text: string }) {
  const value = parsed(text);
  if (value === undefined) {
    return (
      <pre className={classes.text} tabIndex={0} aria-label="Body">
        {text}
      </pre>
    );
  }
  return (
    <div className={classes.tree} data-testid="json-tree">
      <Node value={value} />
    </div>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function Node({ name, value }: { name?: string; value: unknown }) {
  const label = name === undefined ? null : <span className={classes.name}>{name}: </span>;
  if (value === null || typeof value !== "object") {
    return (
      <div>
        {label}
        <bdi>{JSON.stringify(value)}</bdi>
      </div>
    );
  }
  const entries = Object.entries(value) as [string, unknown][];
  const brackets = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  if (entries.length === 0) {
    return (
      <div>
        {label}
        {Array.isArray(value) ? "[]" : "{}"}
      </div>
    );
  }
  return (
    <details open>
      <summary>
        {label}
        <span className={classes.count}>{brackets}</span>
      </summary>
      <div className={classes.inside}>
        {entries.map(([key, inner]) => (
          <Node key={key} name={key} value={inner} />
        ))}
      </div>
    </details>
  );
}
