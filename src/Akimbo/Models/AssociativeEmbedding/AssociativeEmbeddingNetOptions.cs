using Akimbo.Networks;

namespace Akimbo.Models.AssociativeEmbedding;

/// <summary>The sizes of an <see cref="AssociativeEmbeddingNet"/>; the defaults are those of the published network.</summary>
public sealed record AssociativeEmbeddingNetOptions : INetworkOptions
{
    /// <summary>S: hourglasses one after the other, each with outputs of its own (<c>nstack</c>).</summary>
    public int Stacks { get; init; } = 4;

    /// <summary>Maps of each stack (<c>oup_dim</c>): K heatmaps, then K tag maps; the published 68 leave half of them untrained.</summary>
    public int Outputs { get; init; } = 68;

    /// <summary>Channels between the stacks (<c>inp_dim</c>).</summary>
    public int Channels { get; init; } = 256;

    /// <summary>
    /// Channels that each level of an hourglass has more than the level above (<c>increase</c>). The original hands this to the
    /// outermost level only and falls back to 128 below: the same for the published network.
    /// </summary>
    public int Increase { get; init; } = 128;

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentException">They make no network; the message says which.</exception>
    public void Validate()
    {
        if (Stacks < 1 || Outputs < 1 || Channels < 1 || Increase < 0)
            throw new ArgumentException($"An associative embedding has one stack, output and channel at least and no negative increase; the options say {Stacks}, {Outputs}, {Channels} and {Increase}.");
    }

    /// <inheritdoc/>
    public Network CreateNetwork() => new AssociativeEmbeddingNet(this);
}
