import { Button, Group, Stack } from "@mantine/core";
import type { Rule, TargetField } from "../../generated/api";
import { Notice } from "../../shared/Notice";
import { unknownTargets } from "./draft";

interface UnknownRulesProps {
  rules: Rule[];
  fields: TargetField[];
  onRemove: (target: string) => void;
}

/** Rules for fields that do not exist here, from a file or from a field that was removed: kept until somebody decides. */
export function UnknownRules({ rules, fields, onRemove }: UnknownRulesProps) {
  const unknown = unknownTargets(rules, fields);
  if (unknown.length === 0) return null;
  return (
    <Notice
      tone="wait"
      testId="unknown-rules"
      below={
        <Stack gap="xs">
          {unknown.map((target) => (
            <Group key={target} justify="space-between">
              <code>{target}</code>
              <Button size="compact-sm" variant="default" aria-label={`Remove the rule for ${target}`} onClick={() => onRemove(target)}>
                Remove rule
              </Button>
            </Group>
          ))}
        </Stack>
      }
    >
      The mapping has rules for fields that do not exist here. Add the fields, or remove the rules before you save.
    </Notice>
  );
}
