import { Button, Group } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import type { SourceField, Suggestion, TargetField } from "../../generated/api";
import { StateMark } from "../../shared/StateMark";
import { sourceLabel } from "./sources";
import classes from "./SuggestedSource.module.css";
import { describeTransform } from "./transforms";

interface SuggestedSourceProps {
  target: TargetField;
  suggestion: Suggestion;
  fields: SourceField[];
  onAccept: () => void;
  onDismiss: () => void;
}

/** A Lever field that could fill the row, why, and the choice. */
export function SuggestedSource({ target, suggestion, fields, onAccept, onDismiss }: SuggestedSourceProps) {
  const { rule, words } = suggestion;
  const label = sourceLabel(rule.source, fields);
  const steps = rule.transforms.map(describeTransform).join(", ");
  const what = `${label}${steps === "" ? "" : `, ${steps}`}`;
  const choose = (act: () => void) => (event: MouseEvent<HTMLElement>) => {
    moveOn(event.currentTarget);
    act();
  };
  return (
    <div className={classes.suggestion} data-testid={`suggestion-${target.id}`}>
      <StateMark tone="info" icon={IconSparkles} word="Suggested" />
      <div className={classes.what}>
        <strong>{label}</strong>
        {steps !== "" && ` → ${steps}`}
      </div>
      <div className={classes.why}>{words}</div>
      <Group gap={4} mt={4}>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Accept for ${target.label}: ${what}`}
          onClick={choose(onAccept)}
          data-accepts-suggestion
        >
          Accept
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={`Dismiss for ${target.label}: ${what}`}
          onClick={choose(onDismiss)}
        >
          Dismiss
        </Button>
      </Group>
    </div>
  );
}

/** To the next suggestion, so that Enter goes through all of them; from the last one to the dropdown of its row. */
function moveOn(pressed: HTMLElement): void {
  const row = pressed.closest("tr");
  const accepts = [...document.querySelectorAll<HTMLElement>("[data-accepts-suggestion]")];
  const next = accepts[accepts.findIndex((button) => button.closest("tr") === row) + 1];
  (next ?? row?.querySelector<HTMLElement>("[role=combobox]"))?.focus();
}
