import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../commands";
import type { ListenerView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Problem } from "../../shared/Problem";
import { AdmissionFields } from "./AdmissionFields";
import { StageField } from "./StageField";

interface AdmissionModalProps {
  listener: ListenerView | null;
  onClose: () => void;
}

/** Changes whom a listener lets in. */
export function AdmissionModal({ listener, onClose }: AdmissionModalProps) {
  return (
    <Modal opened={listener !== null} onClose={onClose} size={640} title={`Whom ${listener?.event_label ?? ""} lets in`}>
      {listener && <AdmissionForm listener={listener} onClose={onClose} />}
    </Modal>
  );
}

function AdmissionForm({ listener, onClose }: { listener: ListenerView; onClose: () => void }) {
  const [admission, setAdmission] = useState(listener.admission);
  const announce = useAnnounce();
  const admit = useAction("listeners.admit");
  const ofStage = admit.error?.field === "stage";
  const save = () =>
    admit.mutate(
      { id: listener.id, admission },
      {
        onSuccess: () => {
          announce("Saved whom the listener lets in");
          onClose();
        },
      },
    );
  return (
    <Stack gap="md">
      {listener.event === "candidateStageChange" && (
        <StageField value={admission} error={ofStage ? admit.error?.message : null} onChange={setAdmission} />
      )}
      <AdmissionFields value={admission} onChange={setAdmission} />
      {admit.error && !ofStage && <Problem error={admit.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={admit.isPending} onClick={save}>
          Save
        </Button>
      </Group>
    </Stack>
  );
}
