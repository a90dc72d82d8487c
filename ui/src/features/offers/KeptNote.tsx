import { Button, Group } from "@mantine/core";
import { IconUserEdit } from "@tabler/icons-react";
import { useState } from "react";
import type { Kept, LetterFieldView } from "../../generated/api";
import { Notice } from "../../shared/Notice";
import { StateMark } from "../../shared/StateMark";
import { Time } from "../../shared/Time";
import { FieldText } from "./FieldText";
import classes from "./Offer.module.css";

interface KeptNoteProps {
  field: LetterFieldView;
  kept: Kept;
  busy: boolean;
  onKeep: () => void;
  onTake: () => void;
}

/** That a person set the value here, why and when; and where Lever says something else since, which one is to stay. */
export function KeptNote({ field: { label, masked, in_lever, overtaken }, kept, busy, onKeep, onTake }: KeptNoteProps) {
  const [revealed, onReveal] = useState(false);
  return (
    <>
      <span className={classes.kept}>
        <StateMark tone="info" icon={IconUserEdit} word="Set here" />
        <span className={classes.quiet}>
          <bdi>“{kept.reason}”</bdi> · {kept.by || "somebody on this computer"}, <Time at={kept.at} />
        </span>
      </span>
      {overtaken && (
        <Notice
          tone="wait"
          testId="overtaken"
          action={
            <Group gap="xs">
              <Button size="compact-sm" variant="default" disabled={busy} aria-label={`Keep ${label} as set here`} onClick={onKeep}>
                Keep
              </Button>
              <Button size="compact-sm" variant="default" disabled={busy} aria-label={`Take ${label} from Lever`} onClick={onTake}>
                Take
              </Button>
            </Group>
          }
        >
          Lever now says <FieldText value={in_lever} label={`${label} in Lever`} mask={masked ? { revealed, onReveal } : null} />
        </Notice>
      )}
    </>
  );
}
