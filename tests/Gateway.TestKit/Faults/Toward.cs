namespace Gateway.TestKit.Faults;

/// <summary>A direction of a link.</summary>
public enum Toward
{
    Server,
    Client,
}
