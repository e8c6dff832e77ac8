using Akimbo.Networks.Operations;

namespace Akimbo.Networks.Layers;

/// <summary>PyTorch's <c>nn.ConvTranspose2d</c>: parameters <c>weight</c> [I, O, k, k] and <c>bias</c> [O].</summary>
public sealed class ConvTranspose2d : Module
{
    private readonly Convolve _convolve;

    /// <summary>Declares the layer.</summary>
    /// <param name="scope">Where its parameters are named.</param>
    /// <param name="inChannels">I.</param>
    /// <param name="outChannels">O.</param>
    /// <param name="kernelSize">k, not less than the stride.</param>
    /// <param name="stride">Output pixels between neighbouring inputs.</param>
    /// <param name="padding">Rows and columns cropped from the output.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <exception cref="ArgumentException">A size is too small, or the kernel is smaller than the stride.</exception>
    public ConvTranspose2d(ParameterScope scope, int inChannels, int outChannels, int kernelSize, int stride = 1, int padding = 0, bool bias = true)
    {
        KernelSizes.Check($"ConvTranspose2d {scope}", kernelSize, stride, padding);
        if (kernelSize < stride)
            throw new ArgumentException($"ConvTranspose2d {scope}: a kernel of {kernelSize} leaves gaps at stride {stride}.", nameof(kernelSize));
        _convolve = new Convolve(scope.Path, scope.Parameter("weight", [inChannels, outChannels, kernelSize, kernelSize]),
            bias ? scope.Parameter("bias", [outChannels]) : null, stride, padding, groups: 1, transposed: true);
    }

    /// <param name="x">[N, I, H, W].</param>
    /// <returns>[N, O, (H − 1)·stride − 2·padding + k, …].</returns>
    public override Value Forward(Value x) => x.Apply(_convolve);
}
