import { Button, Drawer, Menu, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { Mapping, Rule, Sample, TargetField, Transform } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { moved } from "./draft";
import { Value } from "./SampleCell";
import { SeenValues } from "./SeenValues";
import { StepCard } from "./StepCard";
import classes from "./TransformsDrawer.module.css";
import { EDITS_MAPPING } from "./useUndoKeys";
import { newTransform, transformKinds, transformNames } from "./transforms";

interface TransformsDrawerProps {
  /** Which mapping it is. */
  which: Mapping;
  target: TargetField | undefined;
  rule: Rule | undefined;
  sample: Sample | undefined;
  onChange: (transforms: Transform[]) => void;
  onClose: () => void;
}

/** What is done to a value between Lever and the target, step by step. */
export function TransformsDrawer({ which, target, rule, sample, onChange, onClose }: TransformsDrawerProps) {
  const opened = target !== undefined && rule !== undefined;
  return (
    <Drawer {...EDITS_MAPPING} opened={opened} onClose={onClose} size={480} title={`Transforms for ${target?.label ?? ""}`}>
      {opened && <Steps which={which} target={target} rule={rule} sample={sample} onChange={onChange} />}
    </Drawer>
  );
}

interface StepsProps {
  which: Mapping;
  target: TargetField;
  rule: Rule;
  sample: Sample | undefined;
  onChange: (transforms: Transform[]) => void;
}

function Steps({ which, target, rule, sample, onChange }: StepsProps) {
  const { transforms } = rule;
  const announce = useAnnounce();
  const move = (from: number, to: number) => {
    onChange(moved(transforms, from, to));
    announce(`Moved to place ${to + 1} of ${transforms.length}`);
  };
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        The steps run from top to bottom, here and at every import. Changes take effect when you save the mapping.
      </Text>
      {sample && (
        <div className={classes.value}>
          <span>In Lever</span>
          <Value text={sample.raw} masked={target.masked} label={`${target.label} in Lever`} />
        </div>
      )}
      {transforms.map((step, index) => (
        <StepCard
          key={index}
          step={step}
          place={index + 1}
          last={index === transforms.length - 1}
          result={
            sample && index < sample.steps.length ? (
              <Value text={sample.steps[index] ?? null} masked={target.masked} label={`Step ${index + 1}`} />
            ) : null
          }
          onChange={(next) => onChange(transforms.with(index, next))}
          onMove={(by) => move(index, index + by)}
          onRemove={() => onChange(transforms.toSpliced(index, 1))}
          options={target.options}
        >
          {step.kind === "value_map" && (
            <SeenValues
              which={which}
              target={target}
              rule={rule}
              place={index}
              pairs={step.pairs}
              onPairs={(pairs) => onChange(transforms.with(index, { ...step, pairs }))}
            />
          )}
        </StepCard>
      ))}
      {sample?.problem && <Text size="sm">{sample.problem}</Text>}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} style={{ alignSelf: "flex-start" }}>
            Add step
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {transformKinds.map((kind) => (
            <Menu.Item key={kind} onClick={() => onChange([...transforms, newTransform(kind)])}>
              {transformNames[kind]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Stack>
  );
}
