import { useCommand } from "../../commands";
import type { WorkflowView } from "../../generated/api";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { EnteringSection } from "./EnteringSection";
import { PeopleSection } from "./PeopleSection";
import classes from "./WorkflowPage.module.css";

/** *Manage workflow*: what lets people in, and who is in it. */
export default function WorkflowPage({ id }: { id: string }) {
  const workflow = useCommand("workflows.show", { id });
  return (
    <Page
      title={workflow.data?.name ?? "Workflow"}
      description={workflow.data?.description}
      crumbs={[{ label: "Workflows", href: "/workflows" }, { label: workflow.data?.name ?? "Workflow" }]}
    >
      <Loaded query={workflow}>{(view) => <Columns workflow={view} />}</Loaded>
    </Page>
  );
}

function Columns({ workflow }: { workflow: WorkflowView }) {
  return (
    <div className={classes.columns}>
      <EnteringSection workflow={workflow} />
      <PeopleSection people={workflow.people} />
    </div>
  );
}
