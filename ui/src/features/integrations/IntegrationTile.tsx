import { IconChevronRight } from "@tabler/icons-react";
import { useId } from "react";
import { Link } from "wouter";
import type { ConnectionView } from "../../generated/api";
import { ConnectionSummary } from "../../shared/ConnectionSummary";
import { wordsOf } from "../../shared/connection-words";
import { LeverMark } from "../../shared/LeverMark";
import { StateMark } from "../../shared/StateMark";
import classes from "./IntegrationTile.module.css";

interface IntegrationTileProps {
  view: ConnectionView;
  name: string;
  purpose: string;
  href: string;
  testId: string;
}

/** An integration with the one state of its connection, and what is known of it (SCREENS.md 4.1). */
export function IntegrationTile({ view, name, purpose, href, testId }: IntegrationTileProps) {
  const about = useId();
  return (
    <article className={classes.tile} data-testid={testId}>
      <div className={classes.head}>
        <span className={classes.mark}>
          <LeverMark />
        </span>
        <div className={classes.words}>
          <Link href={href} className={classes.name} aria-describedby={about}>
            {name}
          </Link>
          <span className={classes.purpose}>{purpose}</span>
        </div>
        <IconChevronRight size={20} aria-hidden />
      </div>
      <div id={about} className={classes.state}>
        <StateMark {...wordsOf(view)} testId={`${testId}-state`} />
        <span className={classes.purpose}>{view.sentence}</span>
      </div>
      {view.severity > 0 && <ConnectionSummary view={view} />}
    </article>
  );
}
