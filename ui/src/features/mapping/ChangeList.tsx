import { Text } from "@mantine/core";
import { IconArrowsExchange, IconListDetails, IconMinus, IconPlus, type Icon } from "@tabler/icons-react";
import type { Change, ChangeKind } from "../../generated/api";
import classes from "./ChangeList.module.css";

const icons: Record<ChangeKind, Icon> = {
  added: IconPlus,
  removed: IconMinus,
  source: IconArrowsExchange,
  steps: IconListDetails,
};

/** What differs between two mappings, field by field. `none` is said where nothing does. */
export function ChangeList({ changes, none }: { changes: Change[]; none: string }) {
  if (changes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {none}
      </Text>
    );
  }
  return (
    <ul className={classes.list}>
      {changes.map(({ target, label, kind, words }) => {
        const Mark = icons[kind];
        return (
          <li key={target}>
            <Mark size={16} stroke={1.6} aria-hidden />
            <span>
              <strong>{label}</strong> {words}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
