import { Button } from "@mantine/core";
import { useState } from "react";

const CUT_AT = 90;

/** A text that is cut when it is long, with *Show all*. */
export function LongText({ text, label }: { text: string; label: string }) {
  const [whole, setWhole] = useState(false);
  if (text.length <= CUT_AT) return <bdi>{text}</bdi>;
  return (
    <span>
      <bdi>{whole ? text : `${text.slice(0, CUT_AT)}…`}</bdi>{" "}
      <Button
        size="compact-xs"
        variant="subtle"
        aria-label={`${whole ? "Show less" : "Show all"} of ${label}`}
        onClick={() => setWhole(!whole)}
      >
        {whole ? "Show less" : "Show all"}
      </Button>
    </span>
  );
}
