import { Button } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import { Empty } from "./Empty";

/** A filter that leaves nothing of a list. */
export function NothingMatches({ title, why, onClear }: { title: string; why: string; onClear: () => void }) {
  return (
    <Empty
      icon={IconFilterOff}
      title={title}
      why={why}
      action={
        <Button variant="default" size="xs" onClick={onClear}>
          Clear the filter
        </Button>
      }
    />
  );
}
