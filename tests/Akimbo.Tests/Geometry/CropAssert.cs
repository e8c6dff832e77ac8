using Akimbo.Geometry;
using Akimbo.Imaging;

namespace Akimbo.Tests.Geometry;

internal static class CropAssert
{
    /// <summary>The picture is brightest at a point, measured by the mean position of its light.</summary>
    public static void BrightestIsAt(Image picture, InputPoint expected, double tolerance)
    {
        double light = 0, x = 0, y = 0;
        for (int row = 0; row < picture.Height; row++)
        {
            for (int column = 0; column < picture.Width; column++)
            {
                int value = picture.Row(row)[column * Image.Channels];
                light += value;
                x += value * column;
                y += value * row;
            }
        }

        Assert.True(light > 0);
        Assert.Equal(expected.X, x / light, tolerance);
        Assert.Equal(expected.Y, y / light, tolerance);
    }
}
