import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import type { ListenerView } from "../../generated/api";
import { RunHeld } from "./RunHeld";

interface ListenerActionsProps {
  listener: ListenerView;
  onContinue: () => void;
  onReplaceToken: () => void;
  onRemove: () => void;
  /** What else can be done with this one. */
  children?: ReactNode;
}

/** What can be done with a listener. */
export function ListenerActions({ listener, onContinue, onReplaceToken, onRemove, children }: ListenerActionsProps) {
  const { state, event_label: label } = listener;
  return (
    <Group gap="xs">
      {state === "draft" ? (
        <Button size="xs" variant="default" aria-label={`Continue with ${label}`} onClick={onContinue}>
          Continue
        </Button>
      ) : (
        <>
          {listener.held > 0 && <RunHeld listener={listener} />}
          <Button size="xs" variant="default" aria-label={`Replace token of ${label}`} onClick={onReplaceToken}>
            Replace token
          </Button>
        </>
      )}
      {children}
      <Button size="xs" variant="subtle" color="gray" aria-label={`Remove ${label}`} onClick={onRemove}>
        Remove
      </Button>
    </Group>
  );
}
