import classes from "./Details.module.css";

/** The raw text behind a sentence, for whoever asks. */
export function Details({ text, label = "Details" }: { text: string; label?: string }) {
  return (
    <details className={classes.details}>
      <summary>{label}</summary>
      <pre tabIndex={0} aria-label={label}>
        {text}
      </pre>
    </details>
  );
}
