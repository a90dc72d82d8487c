import { Button } from "@mantine/core";
import { Details } from "../../shared/Details";
import { Notice } from "../../shared/Notice";
import { DoorFrame } from "./DoorFrame";

interface UnreadablePageProps {
  why: string;
  detail: string;
  busy: boolean;
  onRetry: () => void;
}

/** The key or the database is there and cannot be read. Nothing was changed. */
export function UnreadablePage({ why, detail, busy, onRetry }: UnreadablePageProps) {
  return (
    <DoorFrame title="Fulcrum cannot open its data">
      <Notice tone="bad" urgent>
        {why}
      </Notice>
      <Details text={detail} />
      <Button loading={busy} onClick={onRetry}>
        Try again
      </Button>
    </DoorFrame>
  );
}
