namespace Gateway.Features.Events;

/// <summary>An event about to be written; its data is serialised as the wire wants it.</summary>
internal sealed record NewEvent(string Type, object Data, DateTimeOffset OccurredAt, DateTimeOffset DetectedAt);
