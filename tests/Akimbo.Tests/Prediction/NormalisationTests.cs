using Akimbo.Imaging;
using Akimbo.Prediction;
using Akimbo.Tensors;

namespace Akimbo.Tests.Prediction;

public sealed class NormalisationTests
{
    [Fact]
    public void Write_Pixels_FillsPlanesOfTheEntry()
    {
        var image = new Image(2, 1, new byte[] { 0, 51, 102, 153, 204, 255 });
        var batch = new Tensor([2, 3, 1, 2]);

        new Normalisation(mean: [0, 0.5f, 1], std: [1, 2, 0.5f]).Write(image, batch, n: 1);

        Assert.All(batch.Span[..6].ToArray(), value => Assert.Equal(0, value));
        float[] expected = [0, 0.6f, (0.2f - 0.5f) / 2, (0.8f - 0.5f) / 2, (0.4f - 1) / 0.5f, 0];
        for (int i = 0; i < 6; i++) Assert.Equal(expected[i], batch.Span[6 + i], 1e-6f);
    }

    [Fact]
    public void Write_Mirrored_ExchangesLeftAndRight()
    {
        var image = new Image(3, 1, new byte[] { 255, 0, 0, 0, 0, 0, 0, 0, 255 });
        var batch = new Tensor([1, 3, 1, 3]);

        new Normalisation(mean: [0, 0, 0], std: [1, 1, 1]).Write(image, batch, n: 0, mirrored: true);

        Assert.Equal([0, 0, 1, 0, 0, 0, 1, 0, 0], batch.Span.ToArray());
    }

    [Fact]
    public void Write_ImageOfAnotherSize_Throws() =>
        Assert.Throws<ArgumentException>(() => Normalisation.ImageNet.Write(new Image(2, 2), new Tensor([1, 3, 2, 3]), n: 0));

    [Fact]
    public void Undo_WhatWriteGave_EveryPixelComesBack()
    {
        var image = new Image(256, 1);
        for (int i = 0; i < image.Pixels.Length; i++) image.Pixels.Span[i] = (byte)(i / 3 * (i % 3 + 1));
        var batch = new Tensor([1, 3, 1, 256]);
        Normalisation.ImageNet.Write(image, batch, n: 0);
        Assert.Equal(image.Pixels.ToArray(), Normalisation.ImageNet.Undo(batch.Span, 256, 1).Pixels.ToArray());
    }

    [Fact]
    public void Constructor_ZeroDeviation_Throws() =>
        Assert.Throws<ArgumentException>(() => new Normalisation(mean: [0, 0, 0], std: [1, 0, 1]));
}
