using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Convolutions;

namespace Akimbo.Tensors.Tests.Kernels.Convolutions;

/// <summary>The numbers of a convolution in the layouts of PyTorch; no bias and no residual are empty.</summary>
internal sealed record ConvolutionData(ConvolutionCase Case, float[] Input, float[] Weights, float[] Bias, float[] Residual, ChannelPrologue? Prologue)
{
    /// <summary>Random numbers that give outputs on both sides of 0 and of 6.</summary>
    public static ConvolutionData Draw(ConvolutionCase drawn, int seed)
    {
        var random = new Random(seed);
        var g = drawn.Geometry;
        int terms = g.InChannels / g.Groups * g.KernelSize * g.KernelSize;
        long outputs = (long)g.Batch * g.OutChannels * g.OutHeight * g.OutWidth;
        return new ConvolutionData(drawn,
            random.Values((long)g.Batch * g.InChannels * g.InHeight * g.InWidth, limit: 5),
            random.Values((long)terms * g.OutChannels, limit: 2 / MathF.Sqrt(terms)),
            drawn.HasBias ? random.Values(g.OutChannels, limit: 2) : [],
            drawn.HasResidual ? random.Values(outputs, limit: 2) : [],
            drawn.HasPrologue ? DrawPrologue(random, g.InChannels) : null);
    }

    /// <summary>The output by the definition, [N, O, H', W'].</summary>
    public float[] Define()
    {
        var g = Case.Geometry;
        var output = new float[g.Batch * g.OutChannels * g.OutHeight * g.OutWidth];
        if (g.Transposed) Convolution2d.DefineTransposed(g, Input, Weights, Bias, output);
        else Convolution2d.Define(g, PreparedInput(), Weights, Bias, output);
        for (int i = 0; i < output.Length; i++)
            output[i] = Case.Range.Apply(Case.HasResidual ? output[i] + Residual[i] : output[i]);
        return output;
    }

    private float[] PreparedInput()
    {
        if (Prologue is null) return Input;
        var prepared = new float[Input.Length];
        int pixels = Case.Geometry.InHeight * Case.Geometry.InWidth;
        for (int i = 0; i < prepared.Length; i++)
        {
            int channel = i / pixels % Case.Geometry.InChannels;
            prepared[i] = Prologue.Range.Apply(Input[i] * Prologue.Scale.Span[channel] + Prologue.Shift.Span[channel]);
        }

        return prepared;
    }

    private static ChannelPrologue DrawPrologue(Random random, int channels)
    {
        AlignedFloats scale = new(BlockedLayout.Length(1, channels, 1, 1)), shift = new(scale.Length);
        random.Values(channels, limit: 2).CopyTo(scale.Span);
        random.Values(channels, limit: 2).CopyTo(shift.Span);
        return new ChannelPrologue(scale, shift, ActivationRange.Relu);
    }
}
