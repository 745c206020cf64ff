-- Funds as the ledgers show them of the projects that were split or merged and of those that took over, which are few.
{{ reported_funds(
    among='select project_id from ' ~ ref('int_handovers') ~ ' union select successor_id from ' ~ ref('int_handovers')
) }}
