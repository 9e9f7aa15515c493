//! The sections of the page Statistics, over the deals that a filter lets
//! through.

use super::Index;
use crate::domain::read::brief::Brief;
use crate::domain::read::filter::{AnyOf, Filter, Tab};
use crate::domain::read::statistics::compare::{By, Comparison, comparison};
use crate::domain::read::statistics::course::{Courses, courses};
use crate::domain::read::statistics::forecast::{Forecast, forecast};
use crate::domain::read::statistics::funnel::{Funnel, funnels};
use crate::domain::read::statistics::overview::{Overview, overview};
use crate::domain::read::statistics::sub_stages::{SubStages, sub_stages};
use crate::domain::read::statistics::time::{Times, TimesToClose, times};
use crate::domain::read::statistics::{Scope, Step};
use crate::domain::record::workspace::Workspace;

impl Index {
    /// What a manager asks first.
    pub fn overview(&self, workspace: &Workspace, scope: &Scope) -> Overview {
        overview(workspace, &self.within(workspace, scope), scope)
    }

    /// What is expected to come in.
    pub fn forecast(&self, workspace: &Workspace, scope: &Scope) -> Forecast {
        forecast(workspace, &self.within(workspace, scope), scope)
    }

    /// How far deals come, per process.
    pub fn funnels(&self, workspace: &Workspace, scope: &Scope) -> Vec<Funnel> {
        // One that went on in another process is in that now.
        let filter = Filter {
            process: AnyOf::default(),
            ..scope.filter.clone()
        };
        let found = self.found(workspace, &filter, Tab::All, scope.now);
        let deals: Vec<&Brief> = self.fitting(&found).collect();
        funnels(workspace, &deals, scope)
    }

    /// How long deals take: all of them, and those of each process.
    pub fn times(&self, workspace: &Workspace, scope: &Scope) -> (TimesToClose, Vec<Times>) {
        times(workspace, &self.within(workspace, scope), scope)
    }

    /// Which work goes with winning, per process.
    pub fn sub_stages(&self, workspace: &Workspace, scope: &Scope) -> Vec<SubStages> {
        sub_stages(workspace, &self.within(workspace, scope), scope)
    }

    /// What happened in the course of time.
    pub fn courses(&self, workspace: &Workspace, scope: &Scope, step: Step) -> Courses {
        courses(workspace, &self.within(workspace, scope), scope, step)
    }

    /// Processes, owners and the like side by side.
    pub fn comparison(&self, workspace: &Workspace, scope: &Scope, by: By) -> Comparison {
        comparison(workspace, &self.within(workspace, scope), scope, by)
    }

    fn within<'a>(&'a self, workspace: &Workspace, scope: &Scope) -> Vec<&'a Brief> {
        let found = self.found(workspace, &scope.filter, Tab::All, scope.now);
        self.fitting(&found).collect()
    }
}
