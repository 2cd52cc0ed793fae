namespace Gateway.Features.Messages;

/// <summary>What becomes of images on other hosts.</summary>
internal enum RemoteImageHandling
{
    /// <summary>They stay out.</summary>
    Block,

    /// <summary>This server loads them and puts them into the page.</summary>
    Proxy,
}
