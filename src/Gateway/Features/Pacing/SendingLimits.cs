namespace Gateway.Features.Pacing;

/// <summary>What an account may send; null where there is no limit.</summary>
/// <param name="PerMinute">Mails within any 60 seconds.</param>
/// <param name="PerDay">Recipients within any 24 hours.</param>
internal sealed record SendingLimits(int? PerMinute, int? PerDay);
