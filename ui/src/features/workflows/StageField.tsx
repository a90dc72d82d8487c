import { Select } from "@mantine/core";
import { useCommand } from "../../commands";
import type { Admission } from "../../generated/api";
import { withChosen } from "./admission";

interface StageFieldProps {
  value: Admission;
  /** Why the stage is not accepted. */
  error?: string | null;
  onChange: (admission: Admission) => void;
}

/** The stage that a listener of stage changes waits for: chosen by name, kept by id, and both are shown. */
export function StageField({ value, error, onChange }: StageFieldProps) {
  const choices = useCommand("listeners.choices", {});
  const stages = withChosen(choices.data?.stages ?? [], value.stage === null ? [] : [value.stage]);
  const enters = "A candidate enters on coming into this stage.";
  return (
    <Select
      label="Stage"
      description={value.stage === null ? enters : `${enters} Lever's id: ${value.stage.id}`}
      placeholder="Choose a stage"
      searchable
      allowDeselect={false}
      error={error}
      data={stages.map(({ id, name }) => ({ value: id, label: name }))}
      value={value.stage?.id ?? null}
      onChange={(id) => onChange({ ...value, stage: stages.find((stage) => stage.id === id) ?? null })}
    />
  );
}
