namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>
/// The gradients of a convolution by its input, its weights and its bias, for a given gradient g of its output:
/// <c>∂x[n, i, y·s − p + ky, x·s − p + kx] = Σ_{o, ky, kx} g[n, o, y, x] · w[o, i, ky, kx]</c>,
/// <c>∂w[o, i, ky, kx] = Σ_{n, y, x} g[n, o, y, x] · x[n, i, y·s − p + ky, x·s − p + kx]</c>, <c>∂b[o] = Σ_{n, y, x} g[n, o, y, x]</c>.
/// This file is the definition. The input's gradient is a convolution again and runs through
/// <see cref="Convolutions.ConvolutionKernel"/>, or <see cref="DepthwiseInputGradient"/>; <see cref="WeightGradient"/> and
/// <see cref="DepthwiseWeightGradient"/> are the fast paths of the weights' gradient.
/// </summary>
internal static class ConvolutionGradient
{
    /// <summary>Computes the gradient by the input.</summary>
    /// <param name="geometry">The convolution; not transposed.</param>
    /// <param name="outputGradient">[N, O, H', W'].</param>
    /// <param name="weights">[O, I/groups, kernelSize, kernelSize].</param>
    /// <param name="inputGradient">[N, I, H, W].</param>
    public static void DefineInput(in ConvolutionGeometry geometry, ReadOnlySpan<float> outputGradient, ReadOnlySpan<float> weights, Span<float> inputGradient)
    {
        double[] sums = new double[inputGradient.Length];
        foreach (var term in new Terms(geometry)) sums[term.Input] += (double)outputGradient[term.Output] * weights[term.Weight];
        Round(sums, inputGradient);
    }

    /// <summary>Computes the gradient by the weights.</summary>
    /// <param name="geometry">The convolution; not transposed.</param>
    /// <param name="input">[N, I, H, W].</param>
    /// <param name="outputGradient">[N, O, H', W'].</param>
    /// <param name="weightGradient">[O, I/groups, kernelSize, kernelSize].</param>
    public static void DefineWeights(in ConvolutionGeometry geometry, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> weightGradient)
    {
        double[] sums = new double[weightGradient.Length];
        foreach (var term in new Terms(geometry)) sums[term.Weight] += (double)input[term.Input] * outputGradient[term.Output];
        Round(sums, weightGradient);
    }

    /// <summary>Computes the gradient by the bias, or any sum over images and pixels.</summary>
    /// <param name="outputGradient">[N, O, P].</param>
    /// <param name="channels">O.</param>
    /// <param name="pixels">P.</param>
    /// <param name="biasGradient">[O].</param>
    public static void DefineBias(ReadOnlySpan<float> outputGradient, int channels, int pixels, Span<float> biasGradient)
    {
        double[] sums = new double[channels];
        for (int i = 0; i < outputGradient.Length; i++) sums[i / pixels % channels] += outputGradient[i];
        Round(sums, biasGradient);
    }

    private static void Round(double[] sums, Span<float> values)
    {
        for (int i = 0; i < sums.Length; i++) values[i] = (float)sums[i];
    }

    /// <summary>Every product of the convolution, as indices into its input, its weights and its output.</summary>
    private sealed class Terms(ConvolutionGeometry g)
    {
        public IEnumerator<(int Input, int Weight, int Output)> GetEnumerator()
        {
            int groupInputs = g.InChannels / g.Groups, groupOutputs = g.OutChannels / g.Groups, output = 0;
            for (int n = 0; n < g.Batch; n++)
                for (int o = 0; o < g.OutChannels; o++)
                    for (int y = 0; y < g.OutHeight; y++)
                        for (int x = 0; x < g.OutWidth; x++, output++)
                            for (int i = 0; i < groupInputs; i++)
                                for (int tap = 0; tap < g.KernelSize * g.KernelSize; tap++)
                                {
                                    int row = y * g.Stride - g.Padding + tap / g.KernelSize, column = x * g.Stride - g.Padding + tap % g.KernelSize;
                                    if ((uint)row >= (uint)g.InHeight || (uint)column >= (uint)g.InWidth) continue;
                                    int plane = n * g.InChannels + o / groupOutputs * groupInputs + i;
                                    yield return ((plane * g.InHeight + row) * g.InWidth + column, (o * groupInputs + i) * g.KernelSize * g.KernelSize + tap, output);
                                }
        }
    }
}
