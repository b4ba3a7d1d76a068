import EventService

extension MetricsText {
    /// What callers are promised, and how that is kept.
    mutating func add(_ objectives: [ObjectiveStatus]) {
        let targets = metric("evenkeel_slo_target_ratio", .gauge, "The share of the answers that is to be as promised.")
        for objective in objectives { sample(targets, Self.labels(objective), objective.target) }
        let answers = metric(
            "evenkeel_slo_answers_total",
            .counter,
            "Answers that counted, by whether they were as promised."
        )
        for objective in objectives {
            let (route, kind) = (objective.route.rawValue, objective.kind.name)
            let good = objective.totals.answers - objective.totals.bad
            sample(answers, ["route": route, "objective": kind, "result": "good"], good)
            sample(answers, ["route": route, "objective": kind, "result": "bad"], objective.totals.bad)
        }
        let budgets = metric(
            "evenkeel_slo_error_budget_left_ratio",
            .gauge,
            "The part of what may be bad in 24 hours that is left; below 0 where more was bad."
        )
        for objective in objectives { sample(budgets, Self.labels(objective), objective.budgetLeft) }
        addBurning(objectives)
    }

    private mutating func addBurning(_ objectives: [ObjectiveStatus]) {
        let rates = metric(
            "evenkeel_slo_burn_rate",
            .gauge,
            "How many times the share of bad answers is what it may be, within a window."
        )
        for objective in objectives {
            for window in BurnWindow.allCases {
                let (route, kind) = (objective.route.rawValue, objective.kind.name)
                let labels: Labels = ["route": route, "objective": kind, "window": window.name]
                sample(rates, labels, objective.burnRate(window))
            }
        }
        let alerts = metric("evenkeel_slo_alert", .gauge, "1 for the alert that there is, 0 for the others.")
        for objective in objectives {
            for alert in BurnAlert.allCases {
                let (route, kind) = (objective.route.rawValue, objective.kind.name)
                let labels: Labels = ["route": route, "objective": kind, "alert": alert.name]
                sample(alerts, labels, objective.alert == alert ? 1 : 0)
            }
        }
    }

    private static func labels(_ objective: ObjectiveStatus) -> Labels {
        ["route": objective.route.rawValue, "objective": objective.kind.name]
    }
}
