using Akimbo.Networks.Operations;

namespace Akimbo.Networks.Layers;

/// <summary>PyTorch's <c>nn.Conv2d</c>: parameters <c>weight</c> [O, I/groups, k, k] and <c>bias</c> [O].</summary>
public sealed class Conv2d : Module
{
    private readonly Convolve _convolve;

    /// <summary>Declares the layer.</summary>
    /// <param name="scope">Where its parameters are named.</param>
    /// <param name="inChannels">I.</param>
    /// <param name="outChannels">O.</param>
    /// <param name="kernelSize">k.</param>
    /// <param name="stride">Input pixels between neighbouring outputs.</param>
    /// <param name="padding">Rows and columns of zeros around the input.</param>
    /// <param name="groups">Groups of channels that do not see each other; divides both channel counts.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <exception cref="ArgumentException">A size is too small, or the groups do not divide the channels.</exception>
    public Conv2d(ParameterScope scope, int inChannels, int outChannels, int kernelSize, int stride = 1, int padding = 0, int groups = 1, bool bias = true)
    {
        KernelSizes.Check($"Conv2d {scope}", kernelSize, stride, padding);
        KernelSizes.Require($"Conv2d {scope}", nameof(groups), groups, least: 1);
        if (inChannels % groups != 0 || outChannels % groups != 0)
            throw new ArgumentException($"Conv2d {scope}: {groups} groups do not divide {inChannels} and {outChannels} channels.", nameof(groups));
        _convolve = new Convolve(scope.Path, scope.Parameter("weight", [outChannels, inChannels / groups, kernelSize, kernelSize]),
            bias ? scope.Parameter("bias", [outChannels]) : null, stride, padding, groups, transposed: false);
    }

    /// <param name="x">[N, I, H, W].</param>
    /// <returns>[N, O, H', W'].</returns>
    public override Value Forward(Value x) => x.Apply(_convolve);
}
