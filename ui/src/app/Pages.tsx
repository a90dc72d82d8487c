import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { HomePage } from "../features/home/HomePage";
import { Lines } from "../shared/Loaded";
import { LostPage } from "./LostPage";

const IntegrationsPage = lazy(() => import("../features/integrations/IntegrationsPage"));
const LeverPage = lazy(() => import("./LeverPage"));
const AtsPage = lazy(() => import("../features/ats/AtsPage"));
const AtsLeverPage = lazy(() => import("./AtsLeverPage"));
const PeoplePage = lazy(() => import("../features/people/PeoplePage"));
const OffersPage = lazy(() => import("../features/offers/OffersPage"));
const OfferPage = lazy(() => import("../features/offers/OfferPage"));
const OfferSettingsPage = lazy(() => import("../features/offers/OfferSettingsPage"));
const WrittenPage = lazy(() => import("../features/offers/WrittenPage"));
const WorkflowsPage = lazy(() => import("../features/workflows/WorkflowsPage"));
const WorkflowPage = lazy(() => import("../features/workflows/WorkflowPage"));
const ActivityPage = lazy(() => import("../features/activity/ActivityPage"));
const DoctorPage = lazy(() => import("../features/doctor/DoctorPage"));
const InboxPage = lazy(() => import("../features/inbox/InboxPage"));
const MissedPage = lazy(() => import("../features/gaps/MissedPage"));
const GrantsPage = lazy(() => import("../features/grants/GrantsPage"));
const PersonFieldsPage = lazy(() => import("../features/fields/PersonFieldsPage"));
const SettingsPage = lazy(() => import("../features/settings/SettingsPage"));

/** Which page belongs to which address. */
export function Pages() {
  return (
    <Suspense fallback={<Lines />}>
      <Switch>
        <Route path="/" component={HomePage} />
        <Route path="/integrations" component={IntegrationsPage} />
        <Route path="/integrations/lever/:tab?">{({ tab }) => <LeverPage tab={tab} />}</Route>
        <Route path="/integrations/ats" component={AtsPage} />
        <Route path="/integrations/ats/lever/:step?">{({ step }) => <AtsLeverPage step={step} />}</Route>
        <Route path="/people/:id?">{({ id }) => <PeoplePage openId={id} />}</Route>
        <Route path="/offers" component={OffersPage} />
        <Route path="/offers/settings" component={OfferSettingsPage} />
        <Route path="/offers/written" component={WrittenPage} />
        <Route path="/offers/:id">{({ id }) => <OfferPage id={id} />}</Route>
        <Route path="/workflows" component={WorkflowsPage} />
        <Route path="/workflows/:id">{({ id }) => <WorkflowPage id={id} />}</Route>
        <Route path="/activity" component={ActivityPage} />
        <Route path="/connection-doctor" component={DoctorPage} />
        <Route path="/activity/inbox" component={InboxPage} />
        <Route path="/activity/missed" component={MissedPage} />
        <Route path="/authorized-apps" component={GrantsPage} />
        <Route path="/settings" component={SettingsPage} />
        <Route path="/settings/person-fields" component={PersonFieldsPage} />
        <Route component={LostPage} />
      </Switch>
    </Suspense>
  );
}
