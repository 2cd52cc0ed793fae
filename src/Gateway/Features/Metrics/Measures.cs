using System.Diagnostics.Metrics;
using Gateway.Features.Events;
using Gateway.Features.Submissions;
using Gateway.Mail.Smtp;

namespace Gateway.Features.Metrics;

/// <summary>What operators watch: how late news is, how the outbox stands, what servers and receivers answer. Times are in seconds; no name, address or text is in any of it.</summary>
internal sealed class Measures
{
    public const string MeterName = "Gateway";

    private readonly Counter<long> _events;
    private readonly Histogram<double> _eventLag;
    private readonly Histogram<double> _arrivalLag;
    private readonly Counter<long> _submissionAttempts;
    private readonly Counter<long> _webhookAttempts;
    private readonly Histogram<double> _webhookLag;

    public Measures(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _events = meter.CreateCounter<long>("gateway.events", null, "Events written to the event log.");
        _eventLag = Lag("gateway.event.lag", "From an event being noticed to its being durable and told.");
        _arrivalLag = Lag("gateway.message.arrival.lag", "From a message's arrival, as its server dates it in whole seconds, to its being told.");
        _submissionAttempts = meter.CreateCounter<long>("gateway.submission.attempts", null, "Attempts to hand a mail to an SMTP server.");
        _webhookAttempts = meter.CreateCounter<long>("gateway.webhook.attempts", null, "Requests to webhook receivers.");
        _webhookLag = Lag("gateway.webhook.lag", "From an event being noticed to its receiver having taken it.");
        meter.CreateObservableGauge("gateway.outbox.submissions", () => Outbox.ByState.Select(s => new Measurement<long>(s.Value, new KeyValuePair<string, object?>("state", s.Key))), null, "Submissions that have not ended.");
        meter.CreateObservableGauge("gateway.outbox.age", () => Outbox.Age.TotalSeconds, "s", "How long the mail that waits the longest for its next attempt has been due.");

        meter.CreateObservableGauge("gateway.watched.mailboxes", () => Watched, null, "Mailboxes whose every change is told at this moment.");

        Histogram<double> Lag(string name, string description) => meter.CreateHistogram(
            name, "s", description, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200] });
    }

    /// <summary>The outbox as it was last looked at.</summary>
    public OutboxMeasure Outbox { get; set; } = new(new Dictionary<string, long>(), TimeSpan.Zero);

    /// <summary>Mailboxes watched when it was last asked.</summary>
    public int Watched { get; set; }

    public void Written(IReadOnlyList<NewEvent> events, DateTimeOffset now)
    {
        foreach (var happened in events)
        {
            var type = new KeyValuePair<string, object?>("type", happened.Type);
            _events.Add(1, type);
            _eventLag.Record(Since(happened.DetectedAt, now), type);
            if (happened.Type == EventTypes.MessageCreated) { _arrivalLag.Record(Since(happened.OccurredAt, now)); }
        }
    }

    public void Attempted(SubmissionResult result) => _submissionAttempts.Add(1, new KeyValuePair<string, object?>("result", result.ToString()));

    public void Delivered(MailEvent happened, bool taken, DateTimeOffset now)
    {
        _webhookAttempts.Add(1, new KeyValuePair<string, object?>("result", taken ? "taken" : "refused"));
        if (taken) { _webhookLag.Record(Since(happened.DetectedAt, now)); }
    }

    private static double Since(DateTimeOffset time, DateTimeOffset now) => Math.Max(0, (now - time).TotalSeconds);
}
