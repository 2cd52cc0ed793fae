namespace Gateway.Features.Events;

/// <summary>The reader's cursor lies before the retained tail: it has to list again.</summary>
internal sealed class CursorExpiredException() : Exception("The cursor is older than the event log.");
