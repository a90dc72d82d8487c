import { Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { LetterView } from "../../generated/api";
import { Section } from "../../shared/Section";
import { StateMark } from "../../shared/StateMark";
import { LetterFieldRow } from "./LetterFieldRow";
import classes from "./Offer.module.css";
import { OverrideField } from "./OverrideField";

/** What the letter says, field by field, and what Lever cannot fill. */
export function LetterFields({ letter: { id, fields, not_supported } }: { letter: LetterView }) {
  const [edited, setEdited] = useState<string | null>(null);
  const field = fields.find((one) => one.id === edited);
  return (
    <Section
      title="Fields"
      description="Lever fills them. What is overridden here stays until you take Lever’s value again."
      flush
      testId="letter-fields"
    >
      <Table aria-label="Fields" layout="fixed" className={classes.fields}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="28%">Field</Table.Th>
            <Table.Th>In the letter</Table.Th>
            <Table.Th w={252}>
              <span className="visually-hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((one) => (
            <LetterFieldRow key={one.id} letterId={id} field={one} onOverride={() => setEdited(one.id)} />
          ))}
        </Table.Tbody>
      </Table>
      {not_supported.length > 0 && (
        <Stack gap="xs" className={classes.unsupported} data-testid="not-supported">
          <Text size="sm" fw={600}>
            Not supported
          </Text>
          {not_supported.map(({ label, why }) => (
            <StateMark key={label} tone="none" word={`${label}: ${why}`} />
          ))}
        </Stack>
      )}
      {field && <OverrideField key={field.id} letterId={id} field={field} onClose={() => setEdited(null)} />}
    </Section>
  );
}
