import { Button, Group, Table } from "@mantine/core";
import { useRef, useState } from "react";
import { useAction } from "../../commands";
import type { LetterFieldView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Problem } from "../../shared/Problem";
import { RowHead } from "../../shared/RowHead";
import { StateMark } from "../../shared/StateMark";
import { FieldText } from "./FieldText";
import { KeptNote } from "./KeptNote";
import classes from "./Offer.module.css";
import { Provenance } from "./Provenance";

interface LetterFieldRowProps {
  letterId: string;
  field: LetterFieldView;
  onOverride: () => void;
}

/** A field of a letter: its value, where it is from, and who decides about it. */
export function LetterFieldRow({ letterId, field, onOverride }: LetterFieldRowProps) {
  const { id, label, value, masked, problem, note, kept, overtaken } = field;
  const [revealed, setRevealed] = useState(false);
  const override = useRef<HTMLButtonElement>(null);
  const announce = useAnnounce();
  const take = useAction("letters.take");
  const keep = useAction("letters.keep");
  const done = (sentence: string) => () => {
    announce(sentence);
    // The button that was pressed is gone.
    override.current?.focus();
  };
  const takeIt = () => take.mutate({ id: letterId, field: id }, { onSuccess: done(`${label} is as in Lever`) });
  const keepIt = () =>
    kept && keep.mutate({ id: letterId, field: id, value: kept.value, reason: kept.reason }, { onSuccess: done(`${label} stays as set here`) });
  const failed = take.error ?? keep.error;
  return (
    <Table.Tr data-testid={`field-${id}`}>
      <RowHead>{label}</RowHead>
      <Table.Td>
        <div className={classes.stacked}>
          <Provenance field={field} revealed={revealed}>
            <FieldText value={value} label={label} mask={masked ? { revealed, onReveal: setRevealed } : null} />
          </Provenance>
          {problem !== null && <StateMark tone={value === null ? "none" : "wait"} word={problem} />}
          {note !== null && <StateMark tone="info" word={note} />}
          {kept !== null && <KeptNote field={field} kept={kept} busy={keep.isPending || take.isPending} onKeep={keepIt} onTake={takeIt} />}
          {failed && <Problem error={failed} />}
        </div>
      </Table.Td>
      <Table.Td>
        <Group gap="xs" justify="flex-end">
          {kept !== null && !overtaken && (
            <Button size="xs" variant="default" loading={take.isPending} aria-label={`As in Lever: ${label}`} onClick={takeIt}>
              As in Lever
            </Button>
          )}
          <Button ref={override} size="xs" variant="default" aria-label={`Override ${label}`} onClick={onOverride}>
            Override
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
