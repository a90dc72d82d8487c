import { Button } from "@mantine/core";
import { useAction } from "../../commands";
import { Details } from "../../shared/Details";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { DoorFrame } from "./DoorFrame";
import { RecoveryForm } from "./RecoveryForm";

interface UnreadablePageProps {
  why: string;
  detail: string;
  /** Whether there is a recovery code. */
  recoverable: boolean;
}

/** The key or the database is there and cannot be read. Nothing was changed. */
export function UnreadablePage({ why, detail, recoverable }: UnreadablePageProps) {
  const retry = useAction("vault.retry");
  return (
    <DoorFrame title="Fulcrum cannot open its data">
      <Notice tone="bad" urgent>
        {why}
      </Notice>
      <Details text={detail} />
      {retry.error && <Problem error={retry.error} />}
      <Button loading={retry.isPending} onClick={() => retry.mutate({})}>
        Try again
      </Button>
      {recoverable && <RecoveryForm />}
    </DoorFrame>
  );
}
