import { Notice } from "../../shared/Notice";

/** What would keep this hire from being imported. It stands below the table, so that the rows do not jump. */
export function Blockers({ sentences }: { sentences: string[] }) {
  return (
    <div aria-live="polite">
      {sentences.length > 0 && (
        <Notice tone="wait" testId="blockers">
          This hire would wait:
          {sentences.map((sentence) => (
            <div key={sentence}>{sentence}</div>
          ))}
        </Notice>
      )}
    </div>
  );
}
