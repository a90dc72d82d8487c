import { Skeleton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "wouter";
import { useCommand } from "../../commands";
import { connectionWords } from "../../shared/connection-words";
import { LeverMark } from "../../shared/LeverMark";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { StateMark } from "../../shared/StateMark";
import classes from "./IntegrationsPage.module.css";

/** What Fulcrum can be connected with. */
export default function IntegrationsPage() {
  const connection = useCommand("connections.show", { integration: "onboarding" });
  return (
    <Page
      title="Integrations"
      description="Where people come from and where they go."
      crumbs={[{ label: "Settings", href: "/settings" }, { label: "Integrations" }]}
    >
      <Loaded query={connection} skeleton={<Skeleton height={96} maw={420} />}>
        {({ state, sentence }) => (
          <Link href="/integrations/lever" className={classes.tile} data-testid="tile-lever">
            <span className={classes.mark}>
              <LeverMark />
            </span>
            <span className={classes.words}>
              <span className={classes.name}>Lever</span>
              <StateMark {...connectionWords[state]} />
              <span className={classes.sentence}>{sentence}</span>
            </span>
            <IconChevronRight size={20} aria-hidden />
          </Link>
        )}
      </Loaded>
    </Page>
  );
}
