using Akimbo.Networks;

namespace Akimbo.Models.StackedHourglass;

/// <summary>The sizes of a <see cref="StackedHourglass"/>; the defaults are those of the published network of eight stacks.</summary>
public sealed record StackedHourglassOptions : INetworkOptions
{
    /// <summary>Two stacks, as published (pytorch_stacked_hourglass <c>2HG</c>): 8.4 million parameters.</summary>
    public static StackedHourglassOptions TwoStacks { get; } = new() { Stacks = 2 };

    /// <summary>Eight stacks, as published (pytorch_stacked_hourglass <c>8HG</c>): 32.8 million parameters.</summary>
    public static StackedHourglassOptions EightStacks { get; } = new();

    /// <summary>S: hourglasses one after the other, each with heatmaps of its own (<c>nstack</c>).</summary>
    public int Stacks { get; init; } = 8;

    /// <summary>K: heatmaps of each stack (<c>oup_dim</c>).</summary>
    public int Keypoints { get; init; } = 16;

    /// <summary>Channels between the stacks; even (<c>inp_dim</c>).</summary>
    public int Channels { get; init; } = 256;

    /// <summary>Channels that an hourglass has more below its outermost level than there; even (<c>increase</c>).</summary>
    public int Increase { get; init; }

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentException">They make no network; the message says which.</exception>
    public void Validate()
    {
        if (Stacks < 1 || Keypoints < 1)
            throw new ArgumentException($"A stacked hourglass has one stack and one keypoint at least; the options say {Stacks} and {Keypoints}.");
        if (Channels < 2 || Channels % 2 != 0 || Channels + Increase < 2 || Increase % 2 != 0)
            throw new ArgumentException($"A stacked hourglass has even numbers of channels, 2 at least; the options say {Channels} and {Channels + Increase}.");
    }

    /// <inheritdoc/>
    public Network CreateNetwork() => new StackedHourglass(this);
}
