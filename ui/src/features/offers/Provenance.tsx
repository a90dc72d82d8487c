import { ActionIcon, Popover } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useEffect, useId, useState, type ReactNode } from "react";
import type { LetterFieldView } from "../../generated/api";
import { Facts } from "../../shared/Facts";
import classes from "./Offer.module.css";

interface ProvenanceProps {
  field: LetterFieldView;
  /** Whether masked values are shown. */
  revealed: boolean;
  /** The value that it is about. */
  children: ReactNode;
}

/** Where a value comes from, shown while it is pointed at or its button has the focus; Escape hides it. */
export function Provenance({ field, revealed, children }: ProvenanceProps) {
  const { label, masked, raw, in_lever, rule, note, problem, kept } = field;
  const [opened, setOpened] = useState(false);
  const about = useId();
  const open = () => setOpened(true);
  const close = () => setOpened(false);
  useEffect(() => {
    if (!opened) return;
    const hide = ({ key }: KeyboardEvent) => key === "Escape" && setOpened(false);
    window.addEventListener("keydown", hide);
    return () => window.removeEventListener("keydown", hide);
  }, [opened]);
  const shown = (value: string | null) => (value === null ? "empty" : masked && !revealed ? "hidden until revealed" : value);
  return (
    <span className={classes.value} onMouseEnter={open} onMouseLeave={close}>
      {children}
      <Popover opened={opened} closeOnClickOutside={false} position="top-start" width={380} withRoles={false} withinPortal={false} transitionProps={{ duration: 0 }}>
        <Popover.Target>
          <ActionIcon
            size="sm"
            aria-label={`Where ${label} comes from`}
            aria-describedby={opened ? about : undefined}
            onFocus={open}
            onBlur={close}
            onClick={open}
          >
            <IconInfoCircle size={16} aria-hidden />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown id={about} role="tooltip" data-testid={`provenance-${field.id}`}>
          <Facts
            facts={[
              { label: "Rule", value: rule },
              { label: "In Lever", value: shown(raw) },
              ...(in_lever === raw ? [] : [{ label: "By the rule", value: shown(in_lever) }]),
              ...(kept === null ? [] : [{ label: "Set here", value: kept.reason }]),
              ...(note === null ? [] : [{ label: "Note", value: note }]),
              ...(problem === null ? [] : [{ label: "Why", value: problem }]),
            ]}
          />
        </Popover.Dropdown>
      </Popover>
    </span>
  );
}
