namespace Akimbo.Imaging;

/// <summary>A pixel as it lies in the memory of an <see cref="Image"/>.</summary>
internal readonly record struct Rgb(byte Red, byte Green, byte Blue);
