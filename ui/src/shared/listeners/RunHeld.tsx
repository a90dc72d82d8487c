import { Button } from "@mantine/core";
import { useAction } from "../../commands";
import type { ListenerView } from "../../generated/api";
import { useAnnounce } from "../announce";
import { Problem } from "../Problem";
import { count } from "../words";

/** *Run n held events*, which a person decides. */
export function RunHeld({ listener }: { listener: ListenerView }) {
  const announce = useAnnounce();
  const run = useAction("listeners.run_held");
  const held = count(listener.held, "held event");
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={run.isPending}
        onClick={() => run.mutate({ id: listener.id }, { onSuccess: () => announce(`${held} started`) })}
      >
        Run {held}
      </Button>
      {run.error && <Problem error={run.error} />}
    </>
  );
}
